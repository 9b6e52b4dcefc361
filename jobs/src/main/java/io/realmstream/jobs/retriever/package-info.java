/** KnowledgeRetriever: the index in keyed state, and the way of a query through it. */
@NullMarked
package io.realmstream.jobs.retriever;

import org.jspecify.annotations.NullMarked;
