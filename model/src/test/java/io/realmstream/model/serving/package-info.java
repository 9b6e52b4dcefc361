@NullMarked
package io.realmstream.model.serving;

import org.jspecify.annotations.NullMarked;
