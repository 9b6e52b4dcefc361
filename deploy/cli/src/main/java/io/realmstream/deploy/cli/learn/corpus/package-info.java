/** What is learned from and judged: documents and questions of files, with their trunk outputs. */
@NullMarked
package io.realmstream.deploy.cli.learn.corpus;

import org.jspecify.annotations.NullMarked;
