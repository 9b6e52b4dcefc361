/** Questions whose answers are known, as files have them. */
@NullMarked
package io.realmstream.deploy.cli.evaluate.questions;

import org.jspecify.annotations.NullMarked;
