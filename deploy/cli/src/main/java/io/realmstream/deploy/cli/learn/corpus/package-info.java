/** The documents and questions that learning uses, from files, with their trunk outputs. */
@NullMarked
package io.realmstream.deploy.cli.learn.corpus;

import org.jspecify.annotations.NullMarked;
