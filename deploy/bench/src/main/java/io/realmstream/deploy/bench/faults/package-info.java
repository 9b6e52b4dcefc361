/** What users feel when a process of a cluster is killed or hangs, and whether anything is lost. */
@NullMarked
package io.realmstream.deploy.bench.faults;

import org.jspecify.annotations.NullMarked;
