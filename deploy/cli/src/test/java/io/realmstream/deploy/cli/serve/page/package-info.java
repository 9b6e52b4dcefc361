/** The page that a door serves, in a real browser. */
@NullMarked
package io.realmstream.deploy.cli.serve.page;

import org.jspecify.annotations.NullMarked;
