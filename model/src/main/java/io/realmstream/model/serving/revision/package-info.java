/** Which revision of a document is current, and its texts. */
@NullMarked
package io.realmstream.model.serving.revision;

import org.jspecify.annotations.NullMarked;
