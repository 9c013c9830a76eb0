/** Boosted trees as experts: learned by XGBoost, kept and asked as plain numbers. */
@NullMarked
package dev.assay.trees;

import org.jspecify.annotations.NullMarked;
