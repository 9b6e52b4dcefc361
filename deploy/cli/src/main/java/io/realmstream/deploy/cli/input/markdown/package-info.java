/** Markdown: what of it a document needs beside its text. */
@NullMarked
package io.realmstream.deploy.cli.input.markdown;

import org.jspecify.annotations.NullMarked;
