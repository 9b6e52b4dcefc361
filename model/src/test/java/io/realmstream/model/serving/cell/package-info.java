@NullMarked
package io.realmstream.model.serving.cell;

import org.jspecify.annotations.NullMarked;
