/** Lists that the reading needs: character entities, the names of namespaces and languages. */
@NullMarked
package io.realmstream.model.wikitext.facts;

import org.jspecify.annotations.NullMarked;
