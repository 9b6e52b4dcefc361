/** What whoever runs the jobs needs: which there are, and Flink's settings of each. */
@NullMarked
package io.realmstream.jobs.launch;

import org.jspecify.annotations.NullMarked;
