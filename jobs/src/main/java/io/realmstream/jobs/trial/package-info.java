/** The trials that a checkpoint goes through before it becomes a version. */
@NullMarked
package io.realmstream.jobs.trial;

import org.jspecify.annotations.NullMarked;
