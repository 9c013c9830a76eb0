/** Sets of rows told in conditions that a person can check, judged on rows that had no part in finding them. */
@NullMarked
package dev.assay.rules;

import org.jspecify.annotations.NullMarked;
