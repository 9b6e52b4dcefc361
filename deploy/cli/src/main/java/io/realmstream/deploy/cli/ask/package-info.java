/** Asking: queries out, answers in, and answers for people to read. */
@NullMarked
package io.realmstream.deploy.cli.ask;

import org.jspecify.annotations.NullMarked;
