package dev.assay.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What comes of each thing, one after the other; the next one is made when it is asked for, so that a partition is never held as a whole. */
final class Each<A, B> implements Iterator<B> {
    private final Iterator<A> from;
    private final Function<A, Iterator<B>> made;
    private Iterator<B> current = Collections.emptyIterator();

    Each(Iterator<A> from, Function<A, Iterator<B>> made) {
        this.from = from;
        this.made = made;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && from.hasNext()) {
            current = made.apply(from.next());
        }
        return current.hasNext();
    }

    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
