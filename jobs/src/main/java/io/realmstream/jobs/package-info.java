/** What both Flink jobs share: settings, shards, Kafka ends, dead letters, open models. */
@NullMarked
package io.realmstream.jobs;

import org.jspecify.annotations.NullMarked;
