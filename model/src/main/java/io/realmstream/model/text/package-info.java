/** Text and tokens: the tokenizer (the one package that imports it) and the splitting of texts. */
@NullMarked
package io.realmstream.model.text;

import org.jspecify.annotations.NullMarked;
