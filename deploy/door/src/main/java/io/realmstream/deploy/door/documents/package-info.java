/** Edits of documents: sent, and waited for. */
@NullMarked
package io.realmstream.deploy.door.documents;

import org.jspecify.annotations.NullMarked;
