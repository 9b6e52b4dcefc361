/** {@code realm bench}: measurements that anyone can run again. */
@NullMarked
package io.realmstream.deploy.bench;

import org.jspecify.annotations.NullMarked;
