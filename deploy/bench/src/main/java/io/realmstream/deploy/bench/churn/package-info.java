/** What edits do to what the index finds, step by step. */
@NullMarked
package io.realmstream.deploy.bench.churn;

import org.jspecify.annotations.NullMarked;
