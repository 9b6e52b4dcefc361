/** What an evaluation found: as JSON, as lines for a terminal, and as pages for a browser. */
@NullMarked
package io.realmstream.deploy.cli.evaluate.report;

import org.jspecify.annotations.NullMarked;
