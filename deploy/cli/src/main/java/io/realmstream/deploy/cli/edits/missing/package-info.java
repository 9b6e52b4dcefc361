/** What a knowledge base holds and the files do not hold any more. */
@NullMarked
package io.realmstream.deploy.cli.edits.missing;

import org.jspecify.annotations.NullMarked;
