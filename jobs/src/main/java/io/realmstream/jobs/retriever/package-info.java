/**
 * KnowledgeRetriever, the job that answers: its graph, and what it reads. A package below holds one
 * operator or a few. A record lives with the operator that receives it; one that goes to several,
 * or that holds the record before it, lives with the operator that makes it.
 */
@NullMarked
package io.realmstream.jobs.retriever;

import org.jspecify.annotations.NullMarked;
