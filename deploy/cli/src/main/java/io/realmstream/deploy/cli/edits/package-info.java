/** Writing documents and following what becomes of them: load, delete, show. */
@NullMarked
package io.realmstream.deploy.cli.edits;

import org.jspecify.annotations.NullMarked;
