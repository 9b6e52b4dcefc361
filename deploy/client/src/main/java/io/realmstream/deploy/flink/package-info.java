/** What is asked of a Flink cluster, whoever runs it. */
@NullMarked
package io.realmstream.deploy.flink;

import org.jspecify.annotations.NullMarked;
