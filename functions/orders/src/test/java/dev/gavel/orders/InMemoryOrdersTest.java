package dev.gavel.orders;

class InMemoryOrdersTest implements OrdersContract {

    @Override
    public Orders orders() {
        return new InMemoryOrders();
    }
}
