package dev.gavel.catalog;

class InMemoryProductsTest implements ProductsContract {

    @Override
    public Products products() {
        return new InMemoryProducts();
    }
}
