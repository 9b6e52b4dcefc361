/** What is known of the knowledge base, as commands print it. */
@NullMarked
package io.realmstream.deploy.door.report;

import org.jspecify.annotations.NullMarked;
