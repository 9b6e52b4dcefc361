/** What answers see of documents and versions, decided without Flink. */
@NullMarked
package io.realmstream.model.serving;

import org.jspecify.annotations.NullMarked;
