/** {@code realm feedback}: what is known of questions, for a retriever that learns. */
@NullMarked
package io.realmstream.deploy.cli.learn.feedback;

import org.jspecify.annotations.NullMarked;
