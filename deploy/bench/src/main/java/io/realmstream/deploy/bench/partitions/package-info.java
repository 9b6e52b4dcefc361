/** What partitions cost the threads of the tasks that train them and route by them. */
@NullMarked
package io.realmstream.deploy.bench.partitions;

import org.jspecify.annotations.NullMarked;
