package dev.assay.route;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** Hands out indices by rising key, the lower index first where keys are equal: a binary heap, O(M) to build, O(log M) each. */
final class Nearest implements PrimitiveIterator.OfInt {
    private final double[] keys;
    private final int[] heap;
    private int size;

    Nearest(double[] keys) {
        this.keys = keys;
        this.size = keys.length;
        this.heap = new int[size];
        for (int j = 0; j < size; j++) {
            heap[j] = j;
        }
        for (int place = size / 2 - 1; place >= 0; place--) {
            sink(place);
        }
    }

    @Override
    public boolean hasNext() {
        return size > 0;
    }

    @Override
    public int nextInt() {
        if (size == 0) {
            throw new NoSuchElementException();
        }
        int first = heap[0];
        size--;
        heap[0] = heap[size];
        sink(0);
        return first;
    }

    private void sink(int from) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], heap[place])) {
                return;
            }
            int kept = heap[place];
            heap[place] = heap[child];
            heap[child] = kept;
            place = child;
        }
    }

    private boolean before(int a, int b) {
        return keys[a] < keys[b] || (keys[a] == keys[b] && a < b);
    }
}
