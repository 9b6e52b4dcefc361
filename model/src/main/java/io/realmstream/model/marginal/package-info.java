/** REALM's arithmetic: the candidate set, p(z|x), and the marginal over spans for Open-QA. */
@NullMarked
package io.realmstream.model.marginal;

import org.jspecify.annotations.NullMarked;
