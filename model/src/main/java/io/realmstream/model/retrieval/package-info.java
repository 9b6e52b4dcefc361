/** Whether what a search found is enough for its question, and how the question is asked again. */
@NullMarked
package io.realmstream.model.retrieval;

import org.jspecify.annotations.NullMarked;
