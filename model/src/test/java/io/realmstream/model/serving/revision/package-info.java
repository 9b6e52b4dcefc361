@NullMarked
package io.realmstream.model.serving.revision;

import org.jspecify.annotations.NullMarked;
