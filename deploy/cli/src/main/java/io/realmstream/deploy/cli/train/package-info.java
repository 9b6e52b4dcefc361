/** {@code realm train}: fine-tunes the transformers of a retriever, outside of any job. */
@NullMarked
package io.realmstream.deploy.cli.train;

import org.jspecify.annotations.NullMarked;
