/** How a job's graph is laid: what each operator is given, and the ends that it is passed. */
@NullMarked
package io.realmstream.jobs.graph;

import org.jspecify.annotations.NullMarked;
