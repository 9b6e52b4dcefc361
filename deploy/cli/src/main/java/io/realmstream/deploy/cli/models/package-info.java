/** {@code realm model}: models that do not come with the jobs. */
@NullMarked
package io.realmstream.deploy.cli.models;

import org.jspecify.annotations.NullMarked;
