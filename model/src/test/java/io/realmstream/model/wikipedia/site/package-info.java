/** Tests of addresses and contacts. */
@NullMarked
package io.realmstream.model.wikipedia.site;

import org.jspecify.annotations.NullMarked;
