/** What edits and questions feel of a checkpoint's rebuild: the same traffic with and without. */
@NullMarked
package io.realmstream.deploy.bench.refresh;

import org.jspecify.annotations.NullMarked;
