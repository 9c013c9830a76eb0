package dev.assay.io.model;

import dev.assay.learn.PrincipalMap;

/** Principal directions. */
final class PrincipalMapCodec extends MapCodec<PrincipalMap, PrincipalMapCodec.StoredPrincipal> {
    PrincipalMapCodec() {
        super("Principal", PrincipalMap.class, StoredPrincipal.class);
    }

    /** See {@link PrincipalMap}. */
    record StoredPrincipal(String directions) implements StoredMap {}

    @Override
    protected StoredPrincipal write(PrincipalMap map, ComponentWriter to) {
        return new StoredPrincipal(to.matrix("directions", map.directions()));
    }

    @Override
    protected PrincipalMap read(StoredPrincipal stored, ComponentReader from) {
        return new PrincipalMap(from.matrix(stored.directions(), from.features()));
    }
}
