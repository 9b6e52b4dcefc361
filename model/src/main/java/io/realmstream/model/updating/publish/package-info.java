/**
 * What leaves: documents on their way to their vectors in one version, and the records that say
 * what became of an edit.
 */
@NullMarked
package io.realmstream.model.updating.publish;

import org.jspecify.annotations.NullMarked;
