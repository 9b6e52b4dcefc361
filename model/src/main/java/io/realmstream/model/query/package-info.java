/** What a query may ask for, beyond its schema. */
@NullMarked
package io.realmstream.model.query;

import org.jspecify.annotations.NullMarked;
