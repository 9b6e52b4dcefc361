/**
 * What starts: an edit passes the gate and waits; the scheduler takes what waits, asks what a
 * version lacks, and gives it to the embedding threads. All of it runs on one thread; what is
 * embedded comes back to that.
 */
@NullMarked
package io.realmstream.model.updating.schedule;

import org.jspecify.annotations.NullMarked;
