/** Programs that measure models and reading on a data set. They are run by command. */
@NullMarked
package io.realmstream.model.measurement;

import org.jspecify.annotations.NullMarked;
