/** The small knowledge base that ships with the project, for the demo and the tests. */
@NullMarked
package io.realmstream.deploy.sample;

import org.jspecify.annotations.NullMarked;
