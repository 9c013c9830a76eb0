/** Free text as features: hashed n-grams of characters, and the few directions that matter of them. */
@NullMarked
package dev.assay.data.text;

import org.jspecify.annotations.NullMarked;
