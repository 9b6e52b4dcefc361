/** The commands about index versions and retriever checkpoints. */
@NullMarked
package io.realmstream.deploy.cli.versions;

import org.jspecify.annotations.NullMarked;
