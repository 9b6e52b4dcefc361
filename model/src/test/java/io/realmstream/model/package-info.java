/** Tests of the module's pages. */
@NullMarked
package io.realmstream.model;

import org.jspecify.annotations.NullMarked;
