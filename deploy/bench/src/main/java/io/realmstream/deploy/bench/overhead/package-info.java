/** What the pipeline costs on top of its models: both jobs against bare loops and a bare job. */
@NullMarked
package io.realmstream.deploy.bench.overhead;

import org.jspecify.annotations.NullMarked;
