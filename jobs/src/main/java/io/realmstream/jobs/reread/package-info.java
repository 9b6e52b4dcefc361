/** A source that reads its topic again at each start. */
@NullMarked
package io.realmstream.jobs.reread;

import org.jspecify.annotations.NullMarked;
