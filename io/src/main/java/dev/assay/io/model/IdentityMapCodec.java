package dev.assay.io.model;

import dev.assay.learn.IdentityMap;

/** The features as they are. */
final class IdentityMapCodec extends MapCodec<IdentityMap, IdentityMapCodec.StoredIdentity> {
    IdentityMapCodec() {
        super("Identity", IdentityMap.class, StoredIdentity.class);
    }

    /** See {@link IdentityMap}. */
    record StoredIdentity(int features) implements StoredMap {}

    @Override
    protected StoredIdentity write(IdentityMap map, ComponentWriter to) {
        return new StoredIdentity(map.inputDimension());
    }

    @Override
    protected IdentityMap read(StoredIdentity stored, ComponentReader from) {
        ComponentReader.require(
                stored.features() == from.features(),
                "a map takes " + stored.features() + " features, expected " + from.features());
        return new IdentityMap(stored.features());
    }
}
