/** A cluster on this machine: broker, JobManager and TaskManagers, each a process of its own. */
@NullMarked
package io.realmstream.deploy.processes;

import org.jspecify.annotations.NullMarked;
