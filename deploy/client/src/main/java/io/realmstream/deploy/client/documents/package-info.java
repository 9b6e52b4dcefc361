/** What became of a document, read from the topics. */
@NullMarked
package io.realmstream.deploy.client.documents;

import org.jspecify.annotations.NullMarked;
